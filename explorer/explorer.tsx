import { StrictMode, useMemo, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import './explorer.css';
import firstQuery from '../schema/operations/AccountsOverview.graphql';
import { createFetcher } from './fetcher';
import { fetchTokenChoices, type TokenChoice } from './tokens';
import { serveWorkers } from './workers';

/** Tabs live as long as the page: nothing that was read from a bank may reach the browser's disk. */
const memory = new Map<string, string>();
const storage = {
  get length() {
    return memory.size;
  },
  getItem: (key: string) => memory.get(key) ?? null,
  setItem: (key: string, value: string) => void memory.set(key, value),
  removeItem: (key: string) => void memory.delete(key),
  clear: () => memory.clear(),
};

const freshForMs = 60_000;

/** Answers with a choice's token, minted again once a minute has passed, so that `auth_time` stays recent. */
function freshToken(choice: TokenChoice): () => Promise<string> {
  let current = choice.token;
  let mintedAt = performance.now();
  return async () => {
    if (performance.now() - mintedAt < freshForMs) return current;
    const again = (await fetchTokenChoices())?.find((other) => other.label === choice.label);
    current = again?.token ?? current;
    mintedAt = performance.now();
    return current;
  };
}

interface PickerProps {
  readonly choices: readonly TokenChoice[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

function Picker({ choices, chosen, onChoose }: PickerProps): ReactElement {
  const choice = choices[chosen];
  return (
    <label className="principal">
      Token
      <select value={chosen} onChange={(event) => onChoose(Number(event.target.value))}>
        {choices.map((entry, index) => (
          <option key={entry.label} value={index}>
            {entry.label}
          </option>
        ))}
      </select>
      <span>{[choice?.client, choice?.purpose, choice?.customer].filter(Boolean).join(' · ')}</span>
    </label>
  );
}

function PasteField({ onPaste }: { readonly onPaste: (token: string) => void }): ReactElement {
  return (
    <label className="principal">
      Token
      <input
        type="password"
        autoComplete="off"
        placeholder="paste a bearer token"
        onBlur={(e) => onPaste(e.target.value.trim())}
      />
    </label>
  );
}

/** The key makes each principal a page of its own: schema, tabs' answers and documentation start anew. */
function Workbench({ id, token }: { readonly id: string; readonly token: () => Promise<string> }): ReactElement {
  const fetcher = useMemo(() => createFetcher(token), [token]);
  return (
    <GraphiQL
      key={id}
      fetcher={fetcher}
      storage={storage}
      defaultQuery={firstQuery}
      isHeadersEditorEnabled={false}
      shouldPersistHeaders={false}
    />
  );
}

function DemoExplorer({ choices }: { readonly choices: readonly TokenChoice[] }): ReactElement {
  const [chosen, choose] = useState(0);
  const token = useMemo(() => {
    const choice = choices[chosen];
    return choice === undefined ? async () => '' : freshToken(choice);
  }, [choices, chosen]);
  return (
    <main className="page">
      <Picker choices={choices} chosen={chosen} onChoose={choose} />
      <Workbench id={String(chosen)} token={token} />
    </main>
  );
}

function PlainExplorer(): ReactElement {
  const [pasted, paste] = useState('');
  const token = useMemo(() => async () => pasted, [pasted]);
  return (
    <main className="page">
      <PasteField onPaste={paste} />
      <Workbench id={pasted} token={token} />
    </main>
  );
}

serveWorkers();
const root = document.getElementById('explorer');
if (root === null) throw new Error('the page holds no element `explorer`');
const choices = await fetchTokenChoices();
createRoot(root).render(
  <StrictMode>{choices === undefined ? <PlainExplorer /> : <DemoExplorer choices={choices} />}</StrictMode>,
);
