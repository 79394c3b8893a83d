/// The functions of the language; each has its row in the function table.
package enum FunctionName: String, Hashable, Codable, Sendable, CaseIterable {
    case trim, lower, upper, length, contains
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case replace, split, join, first, last
    case digitsOf = "digits_of"
    case matches
    case round, min, max, abs
    case date, time, format
    case daysBetween = "days_between"
    case phone, number
    case `if`
    case count
}
