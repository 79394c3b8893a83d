extension Value {
    /// The value as text that machines read: ISO dates, `true`, plain numbers. It depends on no language.
    ///
    /// Money doesn't know its currency here and has two decimals; `moneyText` takes others.
    package var plainText: String {
        switch self {
        case .none, .list, .record: ""
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): numberText(value)
        case .text(let text): text
        case .date(let date): date.text
        case .time(let time): time.text
        case .datetime(let instant): instantText(instant)
        case .duration(let milliseconds): durationText(milliseconds)
        case .money(let amount): moneyText(amount, decimals: 2)
        }
    }
}

/// `1d2h`, `90s`-like: units of the language, the biggest first; `0s` for nothing.
package func durationText(_ milliseconds: Int64) -> String {
    var rest = clamped(milliseconds).magnitude
    var text = milliseconds < 0 ? "-" : ""
    let units: [(String, UInt64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]
    for (name, length) in units where rest >= length {
        text += "\(rest / length)\(name)"
        rest %= length
    }
    return milliseconds == 0 ? "0s" : text
}

/// `12.50`
package func moneyText(_ amount: Int64, decimals: Int, point: String = ".") -> String {
    let amount = clamped(amount)
    let digits = padded(Int(amount.magnitude), decimals + 1)
    let sign = amount < 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    return "\(sign)\(digits.dropLast(decimals))\(point)\(digits.suffix(decimals))"
}

/// How many decimals a currency's minor unit stands for.
package func currencyDecimals(_ currency: String) -> Int {
    switch currency {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF",
        "XOF", "XPF":
        0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    default: 2
    }
}
