use super::*;

/// Lays out a text whose keys are in the order of the alphabet, and says that it stays so.
#[track_caller]
fn laid_out(text: &str) -> String {
    fn add(node: &Node, order: &mut Order) {
        let mut names: Vec<&str> = node.entries().iter().map(|entry| &*entry.key).collect();
        names.sort_unstable();
        let rank = |name: &str| names.iter().position(|other| *other == name);
        let own = node.entries().iter().filter(|entry| entry.key_span.start >= node.span.start);
        order.add(&own.map(|entry| (entry.key_span, rank(&entry.key))).collect::<Vec<_>>());
        node.items().iter().for_each(|item| add(item, order));
        node.entries().iter().for_each(|entry| add(&entry.value, order));
    }
    let order = |tree: &Node| {
        let mut order = Order::default();
        add(tree, &mut order);
        order
    };
    match layout(text, Style::Yaml, order) {
        Ok(laid_out) => laid_out.text,
        Err(error) => panic!("{error:?}: {}", render(text, Style::Yaml, &Order::default()).unwrap_or_default()),
    }
}

#[test]
fn probe() {
    for text in [
        "# head\n# more\n\n# about b\nb: 1   # one\n\n\n\na:\n- x\n- y # why\n# lead c\nc:   {z: 1,  y: [1,2 , 3]}\n# end\n",
        "list:\n- b: 1\n  # on a\n  a: 2\n  # below\n\n  # below too\n-\n  # deep\n  - - x\n# tail\n",
        "text: |2-  # c\n    x\n   y\n\n\nfold: >+\n\n    a\n\n\nz: \"a\n   b\\\n  c\"\np: a\n  b\n    c\n",
        "a: &x  !!map\n  k: v\nb: *x\nc:\n  <<: *x\n  a: 1\nd: !t [*x , &y z, &e]\n",
        "a: [ # first\n  1, # one\n  # two\n  2\n  # end\n  ]  # beside\nb: []\nc: [ # only\n # there\n]\n",
        "? a\n: b\n\"c\" : d\n",
        "--- # mark\na: 1\n...\n# x\n",
        "[a, b]\n",
        "x\n",
        "# only\n",
        "",
        "- a\n-   b\n-\n- # c\n  k: v\n",
        "a:\n  # own\n  b\nc:\n  d\ne:\n\n\n  # lead\n\n  f: g\n",
    ] {
        println!("{text}=======>\n{}-------------", laid_out(text));
    }
    panic!();
}
