//! Whatever can be changed has a revision: of two saves from one base the second changes nothing, and is told what
//! is there.

use domain::{Cast, CastKind, Changed, Format, Genre, Manuscript, Newer, Rev, SceneDraft, StoryDraft, Thread};
use store::{Error, Result};

use crate::library::{
    Library, On,
    fixture::{cast_draft, note, remark, save, title},
    on_both, tables,
};

on_both! {
    what_was_saved_meanwhile_is_not_overwritten
    of_saves_at_once_one_is_taken
}

/// Everything that has texts.
const THINGS: [&str; 6] = ["post", "comment", "character", "setting", "scene", "story"];

/// Saves this text there, from this base.
async fn put(library: &Library, thing: &str, text: &str, base: Rev) -> Result<Rev> {
    let (s, f) = (&library.store, &library.fixture);
    let saved = match thing {
        "post" => s.save_post(f.ben, f.post, remark(text), base).await,
        "comment" => s.save_comment(f.ben, f.comments[1], remark(text), base).await,
        "character" => s.save_cast_member(f.ada, CastKind::Character, f.out.character, cast_draft(text, base)).await,
        "setting" => s.save_cast_member(f.ada, CastKind::Setting, f.out.setting, cast_draft(text, base)).await,
        "scene" => s.save_scene(f.ada, f.out.scenes[0], save(text, base)).await,
        "story" => s.save_story(f.ada, f.out.story, front(text, base)).await,
        other => panic!("{other}"),
    };
    saved.map(|changed: Changed<Rev>| *changed.value())
}

fn front(text: &str, base: Rev) -> StoryDraft {
    StoryDraft { title: title(text), blurb: note(""), format: Format::Novel, genre: Genre::Mystery, facts: None, base }
}

/// The revision that is there, as a form is given it.
async fn rev(library: &Library, thing: &str) -> Rev {
    let (s, f) = (&library.store, &library.fixture);
    let cast = async || s.load(&Cast { viewer: f.ada, story: f.out.story }).await.expect("a cast").value.clone();
    let thread = async || s.load(&Thread::first(f.post)).await.expect("a thread").value.clone();
    match thing {
        "post" => thread().await.post.rev,
        "comment" => thread().await.comments.iter().find(|one| one.comment == f.comments[1]).expect("it").rev,
        "character" => cast().await.iter().find(|one| one.member == f.out.character).expect("it").rev,
        "setting" => cast().await.iter().find(|one| one.member == f.out.setting).expect("it").rev,
        "scene" => s.load(&SceneDraft { viewer: f.ada, scene: f.out.scenes[0] }).await.expect("a scene").value.rev,
        "story" => s.load(&Manuscript { viewer: f.ada, story: f.out.story }).await.expect("a story").value.rev,
        other => panic!("{other}"),
    }
}

/// What the second is told: the revision, and the texts of what is short.
fn check(thing: &str, refused: Result<Rev>, now: Rev, text: &str) {
    let texts = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let texts = match thing {
        "post" | "comment" => texts(&[("text", text)]),
        "character" | "setting" => texts(&[("name", text), ("description", "Notes.")]),
        _ => {
            assert!(matches!(refused, Err(Error::Conflict { now: told }) if told == now), "{thing}: {refused:?}");
            return;
        }
    };
    let Err(Error::ConflictWith(told)) = refused else { panic!("{thing}: {refused:?}") };
    assert_eq!(told, Newer { rev: now, texts }, "{thing}");
}

async fn what_was_saved_meanwhile_is_not_overwritten(on: On) {
    let library = Library::open(on).await;
    for thing in THINGS {
        let base = rev(&library, thing).await;
        let first = put(&library, thing, "From one tab", base).await.expect("saved");
        assert_eq!((first, rev(&library, thing).await), (Rev(base.0 + 1), first), "{thing}");
        let before = tables::dump(&library.address).await;
        for from in [base, Rev(first.0 + 1), Rev(0)] {
            check(thing, put(&library, thing, "From the other", from).await, first, "From one tab");
        }
        assert_eq!(tables::dump(&library.address).await, before, "{thing}: nothing was changed");
        let second = put(&library, thing, "From the other", first).await.expect("knowingly");
        assert_eq!(second, Rev(first.0 + 1), "{thing}");
    }
}

async fn of_saves_at_once_one_is_taken(on: On) {
    let library = Library::open(on).await;
    for thing in THINGS {
        let base = rev(&library, thing).await;
        let saves = (0..4).map(|tab| put(&library, thing, ["One", "Two", "Three", "Four"][tab], base));
        let results = futures_util::future::join_all(saves).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{thing}: {results:?}");
        assert_eq!(rev(&library, thing).await, Rev(base.0 + 1), "{thing}");
    }
}
