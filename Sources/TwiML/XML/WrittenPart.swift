/// A part of written XML: a run that is finished, or a place that is filled in later. Two runs never stand side by side, and no
/// run is empty.
public enum WrittenPart: Hashable, Sendable {
    /// Escaped already.
    case xml(String)
    /// What comes here must be escaped for where it stands.
    case placeholder(Int, inAttribute: Bool)
}
