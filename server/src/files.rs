//! Requests for names that no file has.

use axum::{extract::Request, routing::MethodRouter};
use tower::{ServiceExt, service_fn, util::BoxCloneSyncService};

use crate::site::Files;

/// No path of a file of ours is as long, in bytes. A longer one the file system may refuse to look
/// for, which is no answer to who asks, and no error of ours.
const LONGEST: usize = 200;

/// A letter that no file's name has. The file system refuses it with an error, as above.
const NUL: &str = "%00";

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
