use std::fmt::Write as _;

use super::*;

/// Finds every key in the order of the alphabet.
fn by_name(tree: &Node) -> Order {
    fn add(node: &Node, order: &mut Order) {
        let mut names: Vec<&str> = node.entries().iter().map(|entry| &*entry.key).collect();
        names.sort_unstable();
        let rank = |name: &str| names.binary_search(&name).ok();
        let own = node.entries().iter().filter(|entry| entry.key_span.start >= node.span.start);
        order.add(&own.map(|entry| (entry.key_span, rank(&entry.key))).collect::<Vec<_>>());
        node.items().iter().for_each(|item| add(item, order));
        node.entries().iter().for_each(|entry| add(&entry.value, order));
    }
    let mut order = Order::default();
    add(tree, &mut order);
    order
}

/// Lays out a text with its keys in the order of the alphabet.
#[track_caller]
fn becomes(text: &str, expected: &str) {
    let done = layout(text, Style::Yaml, by_name);
    assert_eq!(done.as_ref().map(|done| done.text.as_str()), Ok(expected), "{text}");
    assert_eq!(layout(expected, Style::Yaml, by_name).map(|again| again.text).as_deref(), Ok(expected));
}

#[test]
fn blanks_and_blank_lines_are_those_that_are_needed() {
    becomes(
        "\n\na:   1  \nb:\n- x\n-   - y\n    - z\n-\n    k:    v\n\n\n\nc  : {}   \nd: [ ]",
        "a: 1\nb:\n  - x\n  - - y\n    - z\n  - k: v\n\nc: {}\nd: []\n",
    );
    becomes("list:\n\n  - a\n\n\n  - b\n", "list:\n  - a\n\n  - b\n");
    becomes("", "");
    becomes("\n \n", "");
    becomes("just text", "just text\n");
    becomes("- a\n-\n- # c\n  k: v\n", "- a\n-\n- # c\n  k: v\n");
    becomes("\u{feff}a:   1\n", "\u{feff}a: 1\n");
    becomes("--- # all\na:   1\n...\n# end\n", "---\n# all\na: 1\n# end\n");
    becomes("? a\n: b\n\"c\" : d\n", "a: b\n\"c\": d\n");
}

#[test]
fn line_ends_become_those_of_most_lines() {
    becomes("b: 1 # c\r\na:\r\n- |\r\n  x\r\n", "a:\r\n  - |\r\n    x\r\nb: 1 # c\r\n");
    becomes("b: 1\r\na: 2\n", "a: 2\nb: 1\n");
    becomes("a: 1\r\nb: 2\nc: 3\r\n", "a: 1\r\nb: 2\r\nc: 3\r\n");
    let alone = layout("a: 1\r\nb: \"x\ry\"\r\n", Style::Yaml, by_name);
    assert!(matches!(alone, Err(Refused::Unreadable(_) | Refused::Unusual(_))), "{alone:?}");
    let place = layout("a: 1\r\n%b: 1\r\n", Style::Yaml, by_name);
    assert!(matches!(place, Err(Refused::Unreadable(_) | Refused::Unusual(_))), "{place:?}");
}

#[test]
fn comments_stay_with_what_they_are_about() {
    becomes(
        "# head\n# more\n\n# about b\nb: 1   # one\n\n\na:\n- x\n- y # why\n# about c\nc: 2\n# end\n",
        "# head\n# more\n\na:\n  - x\n  - y # why\n\n# about b\nb: 1 # one\n# about c\nc: 2\n# end\n",
    );
    becomes(
        "list:\n- b: 1\n  # on a\n  a: 2\n  # below\n\n  # more\n-\n  # deep\n  - - x\n# tail\n",
        "list:\n  # on a\n  - a: 2\n    b: 1\n    # below\n\n    # more\n  # deep\n  - - - x\n# tail\n",
    );
    becomes(
        "a: [ # first\n  1, # one\n  # two\n  2\n  # end\n  ]  # beside\nb: [ # only\n # there\n]\n",
        "# beside\na: # first\n  - 1 # one\n  # two\n  - 2\n  # end\n# there\nb: [] # only\n",
    );
    becomes("a: # c\n  - x\nb: # d\n  1\nc:\n  # own\n  x\n", "a: # c\n  - x\nb: 1 # d\n# own\nc: x\n");
    becomes("a:\n  b: 1\n # odd\n  c: 2\n#e\nd: 1\n", "a:\n  b: 1\n  # odd\n  c: 2\n#e\nd: 1\n");
    becomes("# only\n", "# only\n");
    becomes("\n# head\n\n\n---\n# about\na: 1\n", "# head\n\n---\n# about\na: 1\n");
    becomes("\n\n---\na: 1\n", "---\na: 1\n");
}

#[test]
fn exceptions_stay_for_what_they_are_for() {
    let word = "w".repeat(60);
    let line = "# pact: ignore x until 2027-01-01 r";
    // At the end of a line that gets several they stand above.
    becomes(
        &format!("l:\n\n  - a: 1\n\n  - {{a: {word}, b: {word}}} {line}\n"),
        &format!("l:\n  - a: 1\n\n  {line}\n  - a: {word}\n    b: {word}\n"),
    );
    becomes(
        &format!("l:\n  - b: 1\n    c: [{word}, {word}] {line}\n"),
        &format!("l:\n  - b: 1\n    {line}\n    c:\n      - {word}\n      - {word}\n"),
    );
    becomes(&format!("l: [{word}] {line}\n"), &format!("l: [{word}] {line}\n"));
    // Those of one key don't become those of the item.
    becomes(&format!("l:\n  - b: 1\n    {line}\n    a: 2\n"), &format!("l:\n  -\n    {line}\n    a: 2\n    b: 1\n"));
    becomes(&format!("l:\n- {line}\n  a: 2\n"), &format!("l:\n  - {line}\n    a: 2\n"));
}

#[test]
fn keys_are_sorted_and_merge_keys_come_first() {
    becomes("b: {z: 1,  y: [1,2 , 3]}\na: 1\n", "a: 1\nb: {y: [1, 2, 3], z: 1}\n");
    becomes(
        "a: &x  !!map\n  k: v\nb: *x\nc:\n  a: 1\n  <<: *x\n",
        "a: &x !!map\n  k: v\nb: *x\nc:\n  <<: *x\n  a: 1\n",
    );
    becomes("a: &x {b: 1,\n a: 2}\nd: !t [*x , &y z, &e]\n", "a: &x {a: 2, b: 1}\nd: !t [*x, &y z, &e]\n");
    let kept = layout("b: &x   1\na: *x\n", Style::Yaml, by_name).expect("a layout");
    assert_eq!((kept.text.as_str(), kept.in_order), ("b: &x 1\na: *x\n", false));
    becomes("b: 1\na: 1\nb: 2\n", "a: 1\nb: 1\nb: 2\n");
}

#[test]
fn scalars_keep_their_spelling() {
    becomes(
        "text: |2-  # c\n    x\n   y\n\n\nfold: >+\n\n    a  \n\n\nquoted: \"a  \n   b\\\n  c\"\nplain: a\n  b\n    c\nlast: 'x'\n",
        "fold: >+\n\n  a  \n\n\nlast: 'x'\nplain: a\n  b\n  c\nquoted: \"a\n  b\\\n  c\"\n\ntext: |2- # c\n    x\n   y\n",
    );
    becomes("a: 007\nb: 1.50\nc: ~\nd: \"x\"\ne: 0x1F\n", "a: 007\nb: 1.50\nc: ~\nd: \"x\"\ne: 0x1F\n");
    becomes("a: |\n\n\n  x\n     \n  y\nb: 1\n", "a: |\n\n\n  x\n     \n  y\nb: 1\n");
    becomes("a: |\n    # no comment\nb: >-\n  x\n  # none\n", "a: |\n  # no comment\nb: >-\n  x\n  # none\n");
}

#[test]
fn what_is_too_long_for_a_line_gets_lines() {
    let word = "w".repeat(50);
    becomes(
        &format!("a: [{word}, {word}]\nb: [{word}, {word}, {{k: v}}]\n"),
        &format!("a: [{word}, {word}]\nb: [{word}, {word}, {{k: v}}]\n"),
    );
    becomes(
        &format!("a: {{x: [{word}, {word}], y: {word}}} # c\n"),
        &format!("a: # c\n  x: [{word}, {word}]\n  y: {word}\n"),
    );
    becomes(&format!("a:\n  {word} {word} {word}\nb:\n  short\n"), &format!("a:\n  {word} {word} {word}\nb: short\n"));
}

#[test]
fn json_has_a_line_for_each_value() {
    let json = |text: &str| layout(text, Style::Json, by_name).map(|done| done.text);
    let expected = "{\n  \"a\": [],\n  \"b\": [\n    1.50,\n    {\n      \"c\": null\n    }\n  ]\n}\n";
    assert_eq!(json("{\"b\":[1.50,{\"c\":null}],\"a\":[ ]}").as_deref(), Ok(expected));
    assert_eq!(json(expected).as_deref(), Ok(expected));
    assert_eq!(json("a: 1\n"), Err(Refused::NotJson));
    assert_eq!(json("{\"a\": 1} # c\n"), Err(Refused::NotJson));
}

#[test]
fn what_has_no_layout_is_refused() {
    assert!(matches!(layout("%YAML 1.2\n---\na: 1\n", Style::Yaml, by_name), Err(Refused::Unusual(_))));
    assert!(matches!(layout("a: [\n", Style::Yaml, by_name), Err(Refused::Unreadable(_))));
    assert!(matches!(layout("? [a]\n: b\n", Style::Yaml, by_name), Err(Refused::Unreadable(_))));
}

#[test]
fn large_texts_take_linear_time() {
    let mut wide = String::new();
    for index in (0..100_000).rev() {
        let _ = writeln!(wide, "k{index:06}: {index} # c{index}");
    }
    let done = layout(&wide, Style::Yaml, by_name).expect("a layout").text;
    assert!(done.starts_with("k000000: 0 # c0\nk000001: 1 # c1\n"));
    assert_eq!(done.lines().count(), 100_000);
    let deep = (0..95).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "k:\n");
    assert!(layout(&deep, Style::Yaml, by_name).is_ok());
    let flow = format!("a: {}{}\n", "[".repeat(95), "]".repeat(95));
    assert!(layout(&flow, Style::Yaml, by_name).is_ok());
    let long = format!("a: [{}]\n", "[x], ".repeat(100_000));
    assert!(layout(&long, Style::Yaml, by_name).is_ok());
}
