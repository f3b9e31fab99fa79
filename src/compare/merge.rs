//! Two texts that were begun from one, joined.
//!
//! What only one of them changed is taken from that one. Where both changed the same, there is no telling which is
//! meant, and nothing is joined. So every word that was typed into either stands in the result.

use super::{
    hunks::{Hunk, ROOM, hunks},
    tokens::{paragraphs, words},
};

/// Both texts in one, or nothing if both changed the same words. Paragraphs that both put into one place are both
/// kept, `theirs` first.
pub fn merge(base: &str, theirs: &str, mine: &str) -> Option<String> {
    if theirs == base || theirs == mine {
        return Some(mine.to_owned());
    }
    if mine == base {
        return Some(theirs.to_owned());
    }
    let three = Three { base: &paragraphs(base), theirs: &paragraphs(theirs), mine: &paragraphs(mine) };
    let mut room = ROOM;
    Some(weave(three, &mut room, of_paragraphs)?.join("\n"))
}

/// A stretch of the common text, and what it became in each.
#[derive(Clone, Copy)]
struct Three<'a> {
    base: &'a [&'a str],
    theirs: &'a [&'a str],
    mine: &'a [&'a str],
}

/// What is in the place of a stretch that both changed, or nothing if that can't be told.
type Settle = fn(Three<'_>, &mut usize) -> Option<Vec<String>>;

fn weave(three: Three<'_>, room: &mut usize, settle: Settle) -> Option<Vec<String>> {
    let owned = |tokens: &[&str]| tokens.iter().map(|&token| token.to_owned()).collect::<Vec<_>>();
    let theirs = hunks(three.base, three.theirs, room);
    let mine = hunks(three.base, three.mine, room);
    let (mut theirs, mut mine) = (&*theirs, &*mine);
    let mut woven = vec![];
    let mut at = 0;
    while let Some(first) = first(theirs, mine) {
        let mut region = first.old.clone();
        let (mut of_theirs, mut of_mine) = (0, 0);
        loop {
            if let Some(hunk) = theirs.get(of_theirs).filter(|hunk| meets(hunk, &region)) {
                region.end = region.end.max(hunk.old.end);
                of_theirs += 1;
            } else if let Some(hunk) = mine.get(of_mine).filter(|hunk| meets(hunk, &region)) {
                region.end = region.end.max(hunk.old.end);
                of_mine += 1;
            } else {
                break;
            }
        }
        woven.extend(owned(&three.base[at..region.start]));
        at = region.end;
        let (their_hunks, my_hunks);
        (their_hunks, theirs) = theirs.split_at(of_theirs);
        (my_hunks, mine) = mine.split_at(of_mine);
        let their_part = part(three.theirs, their_hunks, &region);
        let my_part = part(three.mine, my_hunks, &region);
        match (their_part, my_part) {
            (Some(part), None) | (None, Some(part)) => woven.extend(owned(part)),
            (Some(theirs), Some(mine)) if theirs == mine => woven.extend(owned(mine)),
            (Some(theirs), Some(mine)) => {
                woven.extend(settle(Three { base: &three.base[region], theirs, mine }, room)?);
            }
            (None, None) => {}
        }
    }
    woven.extend(owned(&three.base[at..]));
    Some(woven)
}

/// The hunk that comes next. What was put before a word comes before what became of the word.
fn first<'a>(theirs: &'a [Hunk], mine: &'a [Hunk]) -> Option<&'a Hunk> {
    let place = |hunk: &&Hunk| (hunk.old.start, hunk.old.end);
    theirs.first().into_iter().chain(mine.first()).min_by_key(place)
}

/// Whether a hunk changes something of the region: a word of it, or the same gap.
fn meets(hunk: &Hunk, region: &std::ops::Range<usize>) -> bool {
    let is_same_gap = hunk.old.is_empty() && region.is_empty() && hunk.old.start == region.start;
    hunk.old.start < region.end || is_same_gap
}

/// What the region became by these hunks; nothing, if by none.
fn part<'a>(tokens: &'a [&'a str], hunks: &[Hunk], region: &std::ops::Range<usize>) -> Option<&'a [&'a str]> {
    let (first, last) = (hunks.first()?, hunks.last()?);
    let begin = first.new.start - (first.old.start - region.start);
    let end = last.new.end + (region.end - last.old.end);
    Some(&tokens[begin..end])
}

fn of_paragraphs(three: Three<'_>, room: &mut usize) -> Option<Vec<String>> {
    let owned = |text: &str| paragraphs(text).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let (theirs, mine) = (three.theirs.join("\n"), three.mine.join("\n"));
    if three.base.is_empty() {
        return Some(match longer(&theirs, &mine) {
            Some(longer) => owned(longer),
            None => [owned(&theirs), owned(&mine)].concat(),
        });
    }
    // Who took a paragraph away did not see what became of it.
    if three.theirs.is_empty() || three.mine.is_empty() {
        return None;
    }
    let base = three.base.join("\n");
    let three = Three { base: &words(&base), theirs: &words(&theirs), mine: &words(&mine) };
    Some(owned(&weave(three, room, of_words)?.concat()))
}

fn of_words(three: Three<'_>, _: &mut usize) -> Option<Vec<String>> {
    if !three.base.is_empty() {
        return None;
    }
    let (theirs, mine) = (three.theirs.concat(), three.mine.concat());
    longer(&theirs, &mine).map(|longer| vec![longer.to_owned()])
}

/// The longer of two of which one goes on from the other.
fn longer<'a>(theirs: &'a str, mine: &'a str) -> Option<&'a str> {
    if mine.starts_with(theirs) {
        Some(mine)
    } else if theirs.starts_with(mine) {
        Some(theirs)
    } else {
        None
    }
}
