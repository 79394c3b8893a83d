/// A node of the YAML tree with the bytes it was written in. Structure only: every scalar is text.
package struct YAMLNode: Sendable {
    package enum Kind: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
        /// What couldn't be read; it was reported.
        case invalid
    }

    let tree: YAMLTree
    /// The place of its cell.
    let index: Int

    package var span: Span { tree.span(of: index) }

    /// Nothing was written where a value could stand.
    var isMissing: Bool {
        let cell = tree.cells[index]
        return cell.kind == .scalar && cell.style == .plain && cell.count == 0
    }

    /// What it is, with the nodes right below it: they are made when asked for.
    package var kind: Kind {
        switch tree.cells[index].kind {
        case .scalar: .scalar(tree.scalar(at: index))
        case .sequence: .sequence(tree.items(of: index))
        case .mapping: .mapping(tree.entries(of: index))
        case .invalid, .alias: .invalid
        }
    }
}

package struct YAMLEntry: Sendable {
    package var key: Located<String>
    package var value: YAMLNode

    /// The same entry under the key that was meant.
    func renamed(_ name: String) -> YAMLEntry {
        YAMLEntry(key: Located(name, key.span), value: value)
    }
}

package struct YAMLScalar: Sendable {
    package enum Style: Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    package var text: String
    package var style: Style
    /// The first byte of the content: after an anchor, behind the opening quote.
    package var contentLower: UInt32
    /// True if the text is the source byte for byte from `contentLower` on.
    package var isVerbatim: Bool
    package var hasAnchor: Bool

    package var isQuoted: Bool { style != .plain }
    /// Nothing was written where a value could stand.
    package var isMissing: Bool { style == .plain && text.isEmpty }
}
