//! How a server function's answer travels: as JSON.

use std::str;

use serde::{
    Serialize,
    de::{DeserializeOwned, Error as _},
};
use server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};

/// The output of every server function.
///
/// The same as [`server_fn::codec::Json`], but read from a string, as what comes with a page and what
/// localStorage kept are. serde makes its readers anew for each kind of source: a second set of them
/// was a twentieth of the readers' bundle.
pub type JsonCodec = Post<JsonEncoding>;

/// JSON, as a string.
pub struct JsonEncoding;

impl ContentType for JsonEncoding {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonEncoding {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonEncoding {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(output).map(Into::into)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonEncoding {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        let text = str::from_utf8(&bytes).map_err(serde_json::Error::custom)?;
        serde_json::from_str(text)
    }
}
