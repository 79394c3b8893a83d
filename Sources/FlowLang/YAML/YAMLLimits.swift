/// What a flow file may cost before it is refused.
package enum YAMLLimits {
    /// In bytes.
    package static let maxFileBytes = 1 << 20
    /// In collections inside collections.
    package static let maxDepth = 64
    /// In nodes that aliases add to those that are written.
    package static let maxAliasNodes = 100_000
    /// In problems that are reported; the others are counted.
    package static let maxProblems = 100
    /// In languages of a flow.
    package static let maxLanguages = 100
    /// In bytes that are scanned again after a repaired syntax error.
    package static let maxRescannedBytes = 8 << 20
}
