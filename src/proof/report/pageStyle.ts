/** The style of the HTML report, light and dark as the reader's system has it. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6878; --paper: #fbfbf9; --card: #fff; --line: #dcdfe4;
  --allow: #1d7a46; --allow-bg: #dff3e6; --item: #8a5a00; --item-bg: #fbeecb; --bad: #b3261e; --bad-bg: #fbe4e2; --mark: #2457c5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #98a3b3; --paper: #14181e; --card: #1b2028;
  --line: #323945; --allow: #7fd6a0; --allow-bg: #173524; --item: #f0c46a; --item-bg: #3a2f14; --bad: #ff9a92; --bad-bg: #42201d; --mark: #8fb2ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { padding: 1.4rem 2rem .4rem; } h1 { margin: 0; font-size: 1.5rem; } h1 small { color: var(--soft); font-weight: 400; font-size: 1rem; }
h2 { font-size: 1.05rem; margin: 0 0 .6rem; } main { padding: 0 2rem 3rem; display: grid; gap: 1.2rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; min-width: 0; }
code, pre, td:first-child, th.row { font-family: ui-monospace, "Cascadia Code", Menlo, monospace; font-size: .86em; }
pre { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; overflow-x: auto; white-space: pre-wrap; }
#verdict { margin: .3rem 0 .6rem; font-weight: 600; } .holds { color: var(--allow); } .fails { color: var(--bad); }
table { border-collapse: collapse; } #parts td { padding: .15rem 1.4rem .15rem 0; }
.finding { border-left: 4px solid var(--bad); background: var(--bad-bg); padding: .6rem .9rem; border-radius: 0 6px 6px 0; margin: 0 0 .7rem; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
#filters { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-bottom: .7rem; }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; }
input[type=search] { min-width: 20rem; } button { cursor: pointer; } #more { margin-top: .6rem; }
#scroll { max-height: 72vh; overflow: auto; border: 1px solid var(--line); border-radius: 6px; }
#matrix { border-collapse: separate; border-spacing: 0; } #matrix th, #matrix td { border-bottom: 1px solid var(--line); padding: .2rem .45rem; text-align: center; }
#matrix thead th { position: sticky; top: 0; background: var(--card); z-index: 2; vertical-align: bottom; font-weight: 500; font-size: .75rem; }
#matrix thead th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 12rem; }
#matrix th.row { position: sticky; left: 0; background: var(--card); z-index: 1; text-align: left; font-weight: 500; white-space: nowrap; }
#matrix thead th:first-child { left: 0; z-index: 3; } #matrix th.row small { display: block; color: var(--soft); font-family: system-ui, sans-serif; }
#matrix tbody tr:hover th, #matrix tbody tr:hover td { box-shadow: inset 0 0 0 99px color-mix(in srgb, var(--mark) 7%, transparent); }
td[data-verdict] { cursor: pointer; font-size: .8rem; } td[data-verdict=allow] { background: var(--allow-bg); color: var(--allow); font-weight: 600; }
td[data-verdict=item] { background: var(--item-bg); color: var(--item); font-weight: 600; } td[data-verdict=deny] { color: var(--soft); }
td:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible { outline: 2px solid var(--mark); outline-offset: -2px; }
aside { position: fixed; right: 1rem; bottom: 1rem; width: min(34rem, calc(100vw - 2rem)); max-height: 80vh; overflow: auto; background: var(--card);
  border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; box-shadow: 0 12px 40px #0005; z-index: 9; overflow-wrap: anywhere; }
aside dt { color: var(--soft); font-size: .82rem; margin-top: .5rem; } aside dd { margin: 0; } aside button { float: right; }
@media print { #filters, #more, aside { display: none; } #scroll { max-height: none; overflow: visible; } }
`;
