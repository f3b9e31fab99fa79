//! Requests that are wrong whatever is in them.

use reqwest::{Body, Method};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{World, assert_refused};

#[tokio::test]
async fn paths_and_methods_that_are_not_there() {
    let mut world = World::make().await;
    for (method, path, status) in [
        (Method::POST, "/api/nonsense", 404),
        (Method::GET, "/api/nonsense", 404),
        (Method::GET, "/api/", 404),
        (Method::GET, "/api/save_scene", 405),
        (Method::GET, "/api/sign_out", 405),
        (Method::PUT, "/api/save_scene", 405),
        (Method::DELETE, "/api/delete_story", 405),
        (Method::POST, "/api/fetch_story", 405),
        (Method::PATCH, "/api/fetch_home", 405),
    ] {
        let request = world.ada.request(method.clone(), path);
        let answer = world.ada.send(request).await;
        assert_refused(&format!("{method} {path}"), &answer, status);
    }
}

#[tokio::test]
async fn pages_that_are_not_there() {
    let mut world = World::make().await;
    for (method, path, status) in [
        (Method::GET, "/nowhere", 404),
        (Method::GET, "/novels/nonsense", 404),
        (Method::GET, "/novels/0000000000007", 404),
        (Method::GET, "/novels/0000000000007/nonsense", 404),
        (Method::GET, "/novels/%ff%00/x", 404),
        (Method::GET, "/%00", 404),
        (Method::GET, "/favicon.svg%00.js", 404),
        (Method::GET, "/pkg/%00/%ff", 404),
        (Method::HEAD, "/fonts/%00", 404),
        (Method::GET, "/favicon.svg/x", 404),
        (Method::GET, "/fonts", 404),
        (Method::GET, "/../../etc/passwd", 404),
        (Method::GET, "/%2e%2e/%2e%2e/etc/passwd", 404),
        (Method::GET, "/pkg/nonsense.js", 404),
        (Method::GET, "/community/nonsense", 404),
        (Method::GET, "/studio/edit/story/nonsense", 404),
        (Method::GET, "/studio/edit/story/{bens-story}", 404),
        (Method::POST, "/", 405),
        (Method::DELETE, "/novels", 405),
    ] {
        let request = world.ada.request(method.clone(), &world.fill(path));
        let answer = world.ada.send(request).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
    }
    // Longer than a file system lets a name or a path be, or nearly.
    for length in [199, 200, 255, 256, 4_096, 9_000, 60_000] {
        let answer = world.ada.get(&format!("/{}", "a".repeat(length))).await;
        assert_eq!(answer.status, 404, "{length} letters: {}", answer.body);
        let answer = world.ada.get(&format!("/pkg/{}.js", "a/".repeat(length / 2))).await;
        assert_eq!(answer.status, 404, "{length} bytes of folders: {}", answer.body);
    }
    for (path, status) in [
        ("/novels?genre=nonsense", 404),
        ("/community?page=0", 404),
        ("/community?page=minus", 404),
        ("/community?about=nonsense", 404),
        ("/?%ff=%00&&&==&x", 200),
    ] {
        let answer = world.ada.get(path).await;
        assert!([status, 200].contains(&answer.status), "{path}: {} {}", answer.status, answer.body);
    }
}

/// What a request's first line may name beside a path; reqwest would not send it.
#[tokio::test]
async fn what_is_no_path() {
    let world = World::make().await;
    let at = world.site.base.trim_start_matches("http://");
    for (line, status) in [
        ("GET localhost", "400"),
        ("GET localhost:80", "400"),
        ("POST x", "400"),
        ("OPTIONS *", "400"),
        ("CONNECT elsewhere.example:443", "400"),
        ("GET http://elsewhere.example", "200"),
        ("GET http://elsewhere.example/nowhere", "404"),
        ("GET \u{1f4d6}", "400"),
    ] {
        let mut stream = TcpStream::connect(at).await.expect("a connection");
        let request = format!("{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("an answer");
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{line}: {answer}");
    }
}

#[tokio::test]
async fn requests_from_other_sites() {
    let mut world = World::make().await;
    let before = world.size().await;
    for (name, value) in [
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let body = world.fill("story={story}");
        let request = world
            .ada
            .request(Method::POST, "/api/publish_story")
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value)
            .body(body);
        let answer = world.ada.send(request).await;
        assert_refused(&format!("{name}: {value}"), &answer, 403);
    }
    assert_eq!(world.size().await, before);
}

/// Bytes that come piece by piece, so that nothing says beforehand how many there are.
fn pieces(count: usize) -> Body {
    struct Pieces(usize);
    impl http_body::Body for Pieces {
        type Data = axum::body::Bytes;
        type Error = std::convert::Infallible;
        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
            let Some(left) = self.0.checked_sub(1) else { return std::task::Poll::Ready(None) };
            self.0 = left;
            let piece = axum::body::Bytes::from(vec![b'x'; 64 * 1024]);
            std::task::Poll::Ready(Some(Ok(http_body::Frame::data(piece))))
        }
    }
    Body::wrap(Pieces(count))
}

#[tokio::test]
async fn bodies_without_end() {
    let mut world = World::make().await;
    for (path, content_type) in
        [("/api/save_scene", "application/json"), ("/api/create_story", "application/x-www-form-urlencoded")]
    {
        let request = world.ada.request(Method::POST, path).header("content-type", content_type).body(pieces(250));
        assert_refused(path, &world.ada.send(request).await, 413);
    }
    let answer = world.ada.get("/").await;
    assert_eq!(answer.status, 200, "the server is alive");
}
