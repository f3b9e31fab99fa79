//! Numbers in words.

pub use domain::grouped;

/// As in `1,204 likes`, `1 like`, `no likes`.
pub fn counted(number: u32, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{} {many}", grouped(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words() {
        assert_eq!(counted(0, "like", "likes"), "no likes");
        assert_eq!(counted(1, "like", "likes"), "1 like");
        assert_eq!(counted(1_204, "like", "likes"), "1,204 likes");
    }
}
