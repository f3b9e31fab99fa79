//! What HTML's elements are: in a line, without content, or not shown.

/// Elements that hold no other.
pub(super) const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that stand in a line of text.
pub(super) const INLINE: [&str; 46] = [
    "a",
    "abbr",
    "acronym",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "label",
    "mark",
    "q",
    "rb",
    "rp",
    "rt",
    "rtc",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "img",
    "br",
    "big",
    "nobr",
    "o:p",
    "st1:place",
    "picture",
    "svg",
];

/// Elements whose text is not shown.
pub(super) const HIDDEN: [&str; 12] =
    ["head", "script", "style", "template", "noscript", "svg", "math", "audio", "video", "object", "iframe", "rp"];
