//! Numbers in words.

/// As in `1,204`.
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

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
        assert_eq!(
            [0, 12, 999, 1_204, 121_553, 1_000_000].map(grouped),
            ["0", "12", "999", "1,204", "121,553", "1,000,000"]
        );
        assert_eq!(counted(0, "like", "likes"), "no likes");
        assert_eq!(counted(1, "like", "likes"), "1 like");
        assert_eq!(counted(1_204, "like", "likes"), "1,204 likes");
    }
}
