/// Why a store didn't do what it was asked for. A request that needed it is answered with 503.
public enum StoreFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It can't be reached, or didn't answer in time. A write may or may not have happened.
    case unavailable(String)
    /// More waits for it than it can do in time.
    case overloaded
    /// It said no; the words are the store's.
    case refused(String)
    /// A newer release wrote what was found.
    case newerFormat
    /// What was found isn't what a release wrote, or it was sealed with another key.
    case damaged

    public var description: String {
        switch self {
        case .unavailable(let reason): "the store is unavailable: \(reason)"
        case .overloaded: "too much waits for the store"
        case .refused(let words): "the store refused: \(words)"
        case .newerFormat: "a newer release of flowc wrote this"
        case .damaged: "the row is damaged, or sealed with a key that FLOWC_STORE_KEY doesn't have"
        }
    }
}
