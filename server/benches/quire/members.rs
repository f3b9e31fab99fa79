//! Each page for strangers and for members, as it is and as browsers ask for it, beside an empty handler.

use std::time::Duration;

use axum::{Router, routing::get};
use domain::{Email, Name, NewComment, NewPost, Password, PostId, Remark, Role, SignUp};
use store::Store;

use crate::{
    http,
    library::Library,
    pages::{serve, serve_library},
    report::Report,
};

const LONG: Duration = Duration::from_secs(2);
const CONNECTIONS: usize = 32;
/// How many members ask in turn, and how many posts there are.
const MEMBERS: usize = 4;
const POSTS: usize = 12;

/// As a browser says it.
const COMPRESSED: &str = "accept-encoding: gzip, deflate, br, zstd\r\n";

pub(crate) async fn pages(report: &mut Report) {
    let library = Library::open().await;
    let app = serve_library(&library.store).await;
    let empty = serve(Router::new().route("/", get(async || "x"))).await;
    report.add("empty handler", http::load(empty, "/", CONNECTIONS, LONG).await, "req/s", "one byte");
    let (members, post) = people(&library).await;
    let story = format!("/novels/{}", library.story);
    let pages = [
        ("front page", "/".to_owned()),
        ("catalogue", "/novels".to_owned()),
        ("story", story.clone()),
        ("chapter", format!("{story}/{}", library.chapter)),
        ("community", "/community".to_owned()),
        ("thread", format!("/community/{post}")),
        ("studio", "/studio".to_owned()),
        ("publish", "/publish".to_owned()),
    ];
    for (name, path) in pages {
        let mut rates = vec![];
        for encoding in ["", COMPRESSED] {
            let as_sent = if encoding.is_empty() { "plain" } else { "compressed" };
            let stranger = http::load_with(app, &path, encoding, CONNECTIONS, LONG).await;
            let size = http::get_with(&mut http::connect(app).await, &path, encoding).await.len();
            report.add(format!("{name}, stranger, {as_sent}"), stranger, "req/s", format!("{size} bytes"));
            let asked = async |cookie: &String| {
                let headers = format!("{encoding}{cookie}");
                let rate = http::load_with(app, &path, &headers, CONNECTIONS / MEMBERS, LONG).await;
                (rate, http::get_with(&mut http::connect(app).await, &path, &headers).await.len())
            };
            let answered = futures_util::future::join_all(members.iter().map(asked)).await;
            let member = answered.iter().map(|(rate, _)| rate).sum::<f64>();
            let size = answered.first().map_or(0, |(_, size)| *size);
            report.add(format!("{name}, members, {as_sent}"), member, "req/s", format!("{size} bytes"));
            rates.push(member / stranger);
        }
        report.add(format!("{name}, members / stranger, plain"), rates[0], "", "");
        report.add(format!("{name}, members / stranger, compressed"), rates[1], "", "");
    }
}

/// Lines with the cookies of writers who like this and that, and a post with comments.
async fn people(library: &Library) -> (Vec<String>, PostId) {
    let store = &library.store;
    let mut cookies = vec![];
    let mut last = None;
    for number in 0..MEMBERS {
        let email = Email::parse(&format!("member{number}@quire.example")).expect("an address");
        let password = Password::parse("three green umbrellas").expect("a password");
        let name = Name::parse(&format!("Member {number}")).expect("a name");
        let account = SignUp { name, email: email.clone(), password: password.clone(), role: Role::Writer };
        let user = store.register(account, None).await.expect("an account").open().1;
        for _ in 0..POSTS / MEMBERS {
            let text =
                Remark::parse("The tide went out, and left the names of the boats on the sand.").expect("a remark");
            let post = *store
                .create_post(user, NewPost { text: text.clone(), about: Some(library.story.into()) })
                .await
                .expect("a post")
                .value();
            store.like_post(user, post, true).await.expect("a like");
            last = Some(post);
            for _ in 0..2 {
                store
                    .add_comment(user, NewComment { post, parent: None, text: text.clone() })
                    .await
                    .expect("a comment");
            }
        }
        let token = session(store, email, password).await;
        cookies.push(format!("cookie: quire-session={token}\r\n"));
    }
    (cookies, last.expect("a post"))
}

async fn session(store: &Store, email: Email, password: Password) -> String {
    store.sign_in(email, password).await.expect("a session").open().1.as_str().to_owned()
}
