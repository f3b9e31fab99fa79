//! A member's fragments: what of a page is theirs, and is put into the places of its body.

mod place;

use std::{io::Write, sync::Arc};

use abreast_server::http::Marks;
use axum::extract::Request;
use domain::{Answer, Entry, LikedThings, MyLikes, Seq, SessionTag, Viewer};
use http::{HeaderValue, header};
use store::{Library, SessionToken, Store};

pub use self::place::{Condition, Place};
use crate::{
    AppError,
    asker::Asker,
    boot::Boot,
    components::escaped,
    stand_in::{AsBody, STAND_IN, StandIn},
    theme,
};

/// A member who asks for a page, and all that it says of them.
pub struct Member {
    asker: Asker,
    viewer: Viewer,
    session: SessionTag,
    likes: Arc<Entry<LikedThings>>,
    keep: bool,
    store: Store,
}

impl Member {
    /// The holder of a session; `None` if there is none, or not all of what is theirs can be had as it is now.
    pub async fn recognise(store: &Store, token: SessionToken, seen: Seq) -> Option<Self> {
        let viewer = store.known_viewer(&token).await.ok()??;
        let likes = store.fetch(&MyLikes { viewer: viewer.user }, seen).await.ok().filter(|likes| !likes.stale)?;
        let session = token.tag();
        let asker = Asker { viewer: Some(viewer.clone()), session: Some(token), seen, ..Asker::default() };
        Some(Self { asker, viewer, session, likes: likes.entry, keep: likes.keep, store: store.clone() })
    }

    /// Who.
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The highest position among what is theirs.
    pub fn newest(&self) -> Seq {
        self.likes.as_of
    }

    /// Has a request answered with a body of theirs, or with the one that all members share.
    pub fn ask(&self, is_own: bool, request: &mut Request) -> Marks<Library> {
        // What came before is confirmed: a page is as new as that, whoever's Seen it is made with.
        let asker = if is_own {
            Asker { seen: Seq::ZERO, ..self.asker.clone() }
        } else {
            Asker { viewer: Some(STAND_IN.viewer.clone()), ..Asker::default() }
        };
        let theme = format!("{}={}", theme::COOKIE, theme::of_request(request.headers()).slug());
        request.headers_mut().remove(header::COOKIE);
        if let Ok(theme) = HeaderValue::try_from(theme) {
            request.headers_mut().insert(header::COOKIE, theme);
        }
        let boot = in_script(&Boot::of(&asker, &self.store));
        request.extensions_mut().insert(asker);
        request.extensions_mut().insert(AsBody);
        let StandIn { viewer, name, secret } = &*STAND_IN;
        if is_own {
            let stand_ins = vec![(boot, Place::Boot.to_string())];
            return Marks { secret: secret.clone(), stand_ins, never: vec![secret.clone()], left_out: None };
        }
        let likes: (MyLikes, Result<Answer<LikedThings>, AppError>) =
            (MyLikes { viewer: viewer.user }, Err(AppError::SignedOut));
        let stand_ins = vec![
            (boot, Place::Boot.to_string()),
            (in_script(&likes), Place::AllLikes.to_string()),
            (name.clone(), Place::Name.to_string()),
        ];
        let never = vec![secret.clone(), name.clone(), viewer.user.to_string()];
        Marks { secret: secret.clone(), stand_ins, never, left_out: Some(viewer.user) }
    }

    /// Writes what belongs into a place. Into one that nobody knows, nothing.
    pub fn write(&self, place: &str, page: &mut Vec<u8>) {
        let Ok(place) = place.parse::<Place>() else { return };
        // Memory takes all bytes.
        match place {
            Place::Boot => page.extend(in_script(&self.boot()).bytes()),
            Place::AllLikes => page.extend(self.all_likes().bytes()),
            Place::Name => page.extend(escaped(self.viewer.name.as_str()).bytes()),
            Place::Key => drop(write!(page, "{:032x}", rand::random::<u128>())),
            Place::Likes(thing) => drop(write!(page, "{}", thing.is_in(&self.likes.value))),
            Place::WouldLike(thing) => drop(write!(page, "{}", !thing.is_in(&self.likes.value))),
        }
    }

    /// Whether what stands under a condition is for them. Under one that nobody knows, nothing is.
    pub fn hold(&self, condition: &str) -> bool {
        match condition.parse() {
            Ok(Condition::IsAuthor(author)) => author == self.viewer.user,
            Err(_) => false,
        }
    }

    fn boot(&self) -> Boot {
        Boot { session: Some(self.session), ..Boot::of(&self.asker, &self.store) }
    }

    /// As the page's script gets it.
    fn all_likes(&self) -> String {
        let answer = Answer { entry: Entry::clone(&self.likes), stale: false, keep: self.keep };
        in_script(&(MyLikes { viewer: self.viewer.user }, Ok::<_, AppError>(answer)))
    }
}

/// A value as leptos hands it to a page's script.
fn in_script(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    format!("{:?}", json.replace('<', "\\u003c"))
}
