//! Files, and what is asked for by a name that no file has.

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

/// The files; a path that is too long for one is answered as one that isn't there.
pub(crate) fn named(
    files: ServeDir<MethodRouter>,
    not_found: MethodRouter,
) -> BoxCloneSyncService<Request, Response, Infallible> {
    BoxCloneSyncService::new(service_fn(move |request: Request| {
        let (files, not_found) = (files.clone(), not_found.clone());
        async move {
            if request.uri().path().len() > LONGEST {
                return not_found.oneshot(request).await;
            }
            files.oneshot(request).await.map(|answer| answer.map(Body::new).into_response())
        }
    }))
}
