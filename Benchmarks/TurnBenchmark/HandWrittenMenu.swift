import BenchmarkSupport

/// The menu flow as one would write it by hand: the same documents, without hours, sessions and checks.
struct HandWrittenMenu {
    private enum State {
        case entry
        case menu
        case sales
    }

    private enum Language {
        case english
        case spanish
    }

    private var state = State.entry
    private var language = Language.english
    private var turn = 0
    private let isOpen: Bool

    init(isOpen: Bool) {
        self.isOpen = isOpen
    }

    /// Takes a key to the next document.
    mutating func document(key: String) -> String {
        turn += 1
        var xml = ""
        xml.reserveCapacity(2_048)
        xml += "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>"
        switch (state, key) {
        case (.entry, _) where isOpen:
            state = .menu
            xml += "<Say voice=\"Polly.Joanna-Neural\" language=\"en-US\">Thanks for calling Acme.</Say>"
            appendMenu(to: &xml)
        case (.menu, "9"):
            language = .spanish
            appendMenu(to: &xml)
        case (.menu, "*"):
            appendMenu(to: &xml)
        case (.menu, "1"):
            state = .sales
            appendDial(MenuFlow.salesNumber, 0, " timeout=\"20\"", to: &xml)
        default:
            xml += "<Hangup/>"
        }
        xml += "</Response>"
        return xml
    }

    /// Three times, then the operator.
    private func appendMenu(to xml: inout String) {
        for attempt in 0..<3 {
            if attempt > 0 {
                switch language {
                case .english:
                    xml += #"<Say voice="Polly.Joanna-Neural" language="en-US">I didn't hear anything.</Say>"#
                case .spanish:
                    xml += #"<Say voice="Polly.Mia-Neural" language="es-MX">No escuché nada.</Say>"#
                }
            }
            appendGather(attempt, to: &xml)
        }
        appendDial(MenuFlow.operatorNumber, 3, "", to: &xml)
    }

    private func appendGather(_ wait: Int, to xml: inout String) {
        xml += "<Gather action=\""
        appendAction(wait, to: &xml)
        switch language {
        case .english:
            xml += """
                " input="dtmf speech" speechTimeout="auto" finishOnKey="" numDigits="1" language="en-US" \
                hints="sales,support,help"><Say voice="Polly.Joanna-Neural" language="en-US">For sales, press 1. For \
                support, press 2. To hear this again, press star.</Say><Say voice="Polly.Mia-Neural" \
                language="es-MX">Para español, marque 9.</Say></Gather>
                """
        case .spanish:
            xml += """
                " input="dtmf speech" speechTimeout="auto" finishOnKey="" numDigits="1" language="es-MX" \
                hints="ventas,soporte,ayuda"><Say voice="Polly.Mia-Neural" language="es-MX">Para ventas, marque 1. \
                Para soporte, marque 2. Para repetir, marque asterisco.</Say></Gather>
                """
        }
    }

    private func appendDial(_ number: String, _ wait: Int, _ timeout: String, to xml: inout String) {
        xml += "<Dial action=\""
        appendAction(wait, to: &xml)
        xml += "\""
        xml += timeout
        xml += ">"
        xml += number
        xml += "</Dial>"
    }

    private func appendAction(_ wait: Int, to xml: inout String) {
        xml += MenuFlow.baseURL
        xml += "/voice/main-menu/"
        xml += String(turn)
        xml += "."
        xml += String(wait)
        xml += "#rc=2&amp;rp=all&amp;rt=5000"
    }
}
