//! Requests for files: by names that bear a content, and by names that no file has.

use app::file_names::FileNames;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
    routing::MethodRouter,
};
use tower::{ServiceExt, service_fn, util::BoxCloneSyncService};

use crate::site::Files;

/// No path of a file of ours is as long, in bytes. A longer one the file system may refuse to look
/// for, which is no answer to who asks, and no error of ours.
const LONGEST: usize = 200;

/// A letter that no file's name has. The file system refuses it with an error, as above.
const NUL: &str = "%00";

/// What is under such a name never changes.
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Answers a name that bears a content with that content, for good. A name of another version's is nobody's.
pub(crate) async fn answer_names(State(names): State<FileNames>, mut request: Request, next: Next) -> Response {
    let path = names.path_of(request.uri().path()).and_then(|path| path.parse().ok());
    let Some(path) = path else { return next.run(request).await };
    *request.uri_mut() = path;
    let mut response = next.run(request).await;
    if !response.status().is_client_error() && !response.status().is_server_error() {
        response.headers_mut().insert(header::CACHE_CONTROL, FOR_GOOD);
    }
    response
}

/// The files; a path that none can have is answered as one that isn't there.
pub(crate) fn named(files: Files, not_found: MethodRouter) -> Files {
    BoxCloneSyncService::new(service_fn(move |request: Request| {
        let (files, not_found) = (files.clone(), not_found.clone());
        async move {
            let path = request.uri().path();
            if path.len() > LONGEST || path.contains(NUL) {
                return not_found.oneshot(request).await;
            }
            files.oneshot(request).await
        }
    }))
}
