// A novel of our own making, the same on every run: 61 chapters of two scenes each.

const WHO = ["The ferryman", "A lodger", "Her aunt", "The clerk", "Nobody", "The boy from the mill", "An old sailor"];
const DID = ["counted", "forgot", "wrote down", "praised", "mended", "buried", "sold"];
const WHAT = ["the tide", "every window", "a borrowed coat", "the long road", "two letters", "the last lamp"];
const WHEN = ["before breakfast", "in the rain", "as the bells began", "without a word", "for the second time"];

/** The whole book, as Markdown. */
export function writeNovel(): string {
  const chapters = Array.from({ length: 61 }, (_, at) => chapter(at + 1));
  return ["# The Ferry at Low Water", "*By Ada*", ...chapters].join("\n\n");
}

function chapter(number: number): string {
  return [`## Chapter ${number}`, scene(number, 1), "* * *", scene(number, 2)].join("\n\n");
}

function scene(chapter: number, scene: number): string {
  return Array.from({ length: 12 }, (_, at) => paragraph(chapter * 53 + scene * 17 + at)).join("\n\n");
}

function paragraph(seed: number): string {
  return Array.from({ length: 6 }, (_, at) => sentence(seed * 31 + at * 7)).join(" ");
}

function sentence(seed: number): string {
  const pick = (words: string[], step: number) => words[Math.floor(seed / step) % words.length];
  return `${pick(WHO, 1)} ${pick(DID, 3)} ${pick(WHAT, 5)} ${pick(WHEN, 7)}.`;
}
