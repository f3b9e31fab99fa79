//! The site's files: in a folder, or carried inside the program.

mod names;
mod carried;
#[cfg(feature = "carried-site")]
mod embedded;

use std::{convert::Infallible, env, path::PathBuf, sync::Arc};

use axum::{body::Body, extract::Request, response::IntoResponse, response::Response, routing::MethodRouter};
use leptos::config::LeptosOptions;
use tower::{ServiceExt, service_fn, util::BoxCloneSyncService};
use tower_http::services::ServeDir;

pub use self::carried::{Carried, File};
pub(crate) use self::names::hash;

/// Answers requests for files.
pub(crate) type Files = BoxCloneSyncService<Request, Response, Infallible>;

/// Where the files are.
#[derive(Debug, Clone)]
pub enum Site {
    /// In this folder, which `cargo xtask build` filled.
    Folder(PathBuf),
    /// Inside the program.
    Carried(Arc<Carried>),
}

impl Site {
    /// A folder that was named wins over what the program carries. A program that carries nothing has its folder.
    pub fn find(options: &LeptosOptions) -> Self {
        let named = env::var_os("LEPTOS_SITE_ROOT").is_some_and(|root| !root.is_empty());
        let folder = || Self::Folder(PathBuf::from(&*options.site_root));
        if named { folder() } else { Self::carried().unwrap_or_else(folder) }
    }

    /// What this program carries, if it was built to.
    pub fn carried() -> Option<Self> {
        #[cfg(feature = "carried-site")]
        return Some(Self::Carried(Arc::new(embedded::read())));
        #[cfg(not(feature = "carried-site"))]
        None
    }

    /// Whether there is a file at this path.
    pub fn has(&self, path: &str) -> bool {
        match self {
            Self::Folder(folder) => folder.join(path).is_file(),
            Self::Carried(carried) => carried.has(path),
        }
    }

    /// Answers with the files, and with `not_found` where there is none. Of the two ways a client sees no difference.
    pub(crate) fn serve(&self, not_found: MethodRouter) -> Files {
        match self {
            Self::Folder(folder) => {
                let files = ServeDir::new(folder)
                    .append_index_html_on_directories(false)
                    .precompressed_br()
                    .precompressed_gzip()
                    .call_fallback_on_method_not_allowed(true)
                    .fallback(not_found);
                let answer = |answer: axum::http::Response<_>| answer.map(Body::new).into_response();
                BoxCloneSyncService::new(ServiceExt::<Request>::map_response(files, answer))
            }
            Self::Carried(carried) => {
                let carried = Arc::clone(carried);
                BoxCloneSyncService::new(service_fn(move |request: Request| {
                    let (found, not_found) = (carried.answer(&request), not_found.clone());
                    async move {
                        match found {
                            Some(answer) => Ok(answer),
                            None => not_found.oneshot(request).await,
                        }
                    }
                }))
            }
        }
    }
}
