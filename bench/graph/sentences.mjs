/** What the reviews of the benchmark's graph are made of: five sentences each, one of every list. */

export const openings = [
  'It arrived two days early, packed so carefully that I kept the box.',
  'I was not sure about buying this without seeing it first, but the pictures turned out to be honest.',
  'This replaces one that my parents gave me, so it had a lot to live up to.',
  'After a year of looking at cheaper ones I finally gave in, and I should have done so sooner.',
  'My second one; the first still stands in the kitchen and shows hardly a scratch.',
  'A colleague recommended it, and for once the recommendation was better than the advertising.',
  'Bought in a hurry before guests came, and I expected to send it back the week after.',
];

export const builds = [
  'The joints are tight, nothing wobbles, and the finish has no rough spots even where nobody would ever look.',
  'Putting it together took most of an afternoon, because two of the screws were a size too short for their holes.',
  'The material feels solid without being heavy, so that one person can carry it up a narrow flight of stairs.',
  'One corner had a small dent on arrival; the shop sent a new part within the week and asked no questions.',
  'It is plainly made by somebody who uses such a thing at home, since every edge that a hand meets is rounded.',
];

export const uses = [
  'We use it every day, the children climb all over it, and after eight months it still looks the way it did at first.',
  'It fits exactly into the space between the window and the shelf, which I had measured three times to be safe.',
  'The colour is a little darker than on the screen, though in the evening light of our living room it looks right.',
  'Cleaning takes a damp cloth and half a minute, and coffee that stood overnight left no ring at all.',
  'It does one thing and does it well, which is more than can be said for the clever one that it replaced.',
];

export const doubts = [
  'If anything I would have liked the feet to be adjustable, because the floor of an old house is never level.',
  'The manual is a single sheet of drawings, and the third of them shows a part that is not in the box.',
  'For this price a second set of covers ought to be included, even if the one that comes with it is good.',
  'It creaked a little in the first week and has been silent since I tightened the bolts at the back again.',
];

export const verdicts = [
  'I would buy it again, without thinking twice.',
  'All in all it is good value, with some room for improvement.',
  'Warmly recommended, unless your doors are narrow.',
];
