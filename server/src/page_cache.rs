//! Which pages are kept. Those where everybody reads differ by address and appearance, and for members by their
//! fragments; those of one author's are kept for them alone.

use abreast_server::http::{Address, Fragments, IsFor, Marks, PageRules, Sender};
use app::{appearance::Appearance, fragments::Member};
use axum::{
    extract::Request,
    http::{HeaderMap, Method, request::Parts},
};
use axum_extra::extract::CookieJar;
use domain::{Seq, UserId};
use store::{Library, SessionToken, Store};

use crate::{asking::shown_session, content_policy};

/// Where everybody reads. Other pages are made anew each time.
const PUBLIC: [&str; 9] =
    ["/novels", "/novels/", "/comics", "/comics/", "/community", "/community/", "/authors/", "/about", "/rules"];

/// An author's own lists.
const OWN: [&str; 2] = ["/studio", "/publish"];

/// Arguments that pages have. An address with any other is not kept, so that visitors can't fill the memory.
const ARGUMENTS: [&str; 3] = ["genre=", "page=", "under="];

/// The rules of Quire's pages.
pub(crate) struct Rules {
    pub(crate) store: Store,
}

/// A member's fragments, as the engine puts them in.
pub(crate) struct OfMember(Member);

impl PageRules<Library> for Rules {
    type Fragments = OfMember;

    fn address(&self, request: &Parts) -> Option<Address> {
        if request.method != Method::GET {
            return None;
        }
        let (path, arguments) = (request.uri.path(), request.uri.query().unwrap_or_default());
        let is_for = is_for(path, arguments)?;
        let appearance = Appearance::of_request(&request.headers).cookies();
        Some(Address { name: format!("{path}?{arguments} {appearance}"), is_for })
    }

    async fn sender(&self, request: &Parts, seen: Seq) -> Sender<OfMember> {
        let cookies = CookieJar::from_headers(&request.headers);
        let Some(shown) = shown_session(&cookies) else { return Sender::Stranger };
        let Some(token) = SessionToken::parse(shown) else { return Sender::Unclear };
        let page = request.uri.path_and_query().map_or_else(|| request.uri.path(), |page| page.as_str());
        Member::recognise(&self.store, token, page, seen)
            .await
            .map_or(Sender::Unclear, |member| Sender::Member(OfMember(member)))
    }
}

impl Fragments<Library> for OfMember {
    fn viewer(&self) -> UserId {
        self.0.viewer().user
    }

    fn own_name(&self) -> String {
        let viewer = self.0.viewer();
        format!("{} {} {}", viewer.user, viewer.role, viewer.name)
    }

    fn newest(&self) -> Seq {
        self.0.newest()
    }

    fn ask(&self, is_for: IsFor, request: &mut Request) -> Marks<Library> {
        self.0.ask(is_for == IsFor::OneMember, request)
    }

    fn write(&self, place: &str, page: &mut Vec<u8>) {
        self.0.write(place, page);
    }

    fn hold(&self, condition: &str) -> bool {
        self.0.hold(condition)
    }

    fn seal(&self, page: &[u8], headers: &mut HeaderMap) {
        content_policy::seal_page(page, headers);
    }
}

/// For whom the page at this address is kept, if it is.
fn is_for(path: &str, arguments: &str) -> Option<IsFor> {
    if OWN.contains(&path) && arguments.is_empty() {
        return Some(IsFor::OneMember);
    }
    let is_public = path == "/"
        || PUBLIC.iter().any(|public| path == *public || (public.ends_with('/') && path.starts_with(public)));
    let is_known = arguments.is_empty()
        || arguments.split('&').all(|argument| ARGUMENTS.iter().any(|known| argument.starts_with(known)));
    (is_public && is_known).then_some(IsFor::Everybody)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_pages_are_kept() {
        for (address, expected) in [
            ("/?", Some(IsFor::Everybody)),
            ("/novels?genre=mystery&page=2", Some(IsFor::Everybody)),
            ("/novels/7/8?", Some(IsFor::Everybody)),
            ("/community/7?edit=7", None),
            // It only leads on.
            ("/community/7?comment=7", None),
            ("/authors/ada?page=2", Some(IsFor::Everybody)),
            ("/authors?", None),
            ("/rules?", Some(IsFor::Everybody)),
            ("/rules/?", None),
            ("/studio?", Some(IsFor::OneMember)),
            ("/studio?x=1", None),
            ("/studio/edit/story/7?", None),
            ("/publish?", Some(IsFor::OneMember)),
            ("/account?", None),
            ("/sign-in?", None),
        ] {
            let (path, arguments) = address.split_once('?').expect("an address");
            assert_eq!(is_for(path, arguments), expected, "{address}");
        }
    }
}
