//! Files, and requests for names that no file has.

use std::convert::Infallible;

use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use tower::{ServiceExt, service_fn, util::BoxCloneSyncService};
use tower_http::services::ServeDir;

/// No path of a file of ours is as long, in bytes. A longer one the file system may refuse to look
/// for, which is no answer to who asks, and no error of ours.
const LONGEST: usize = 200;

/// A letter that no file's name has. The file system refuses it with an error, as above.
const NUL: &str = "%00";

/// The files; a path that none can have is answered as one that isn't there.
pub(crate) fn named(
    files: ServeDir<MethodRouter>,
    not_found: MethodRouter,
) -> BoxCloneSyncService<Request, Response, Infallible> {
    BoxCloneSyncService::new(service_fn(move |request: Request| {
        let (files, not_found) = (files.clone(), not_found.clone());
        async move {
            let path = request.uri().path();
            if path.len() > LONGEST || path.contains(NUL) {
                return not_found.oneshot(request).await;
            }
            files.oneshot(request).await.map(|answer| answer.map(Body::new).into_response())
        }
    }))
}
