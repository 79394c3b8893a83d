/// The flows by which the language introduces itself.
enum ExampleFlows: String, CaseIterable {
    case weatherReply, mainMenu, clickToCall

    var text: String {
        switch self {
        case .weatherReply: Self.weatherReplyText
        case .mainMenu: Self.mainMenuText
        case .clickToCall: Self.clickToCallText
        }
    }

    private static let weatherReplyText = #"""
        flow: weather-reply
        channel: sms
        description: Text a place, get today's weather back.

        config:
          geocoding_url: {type: url, default: "https://geocoding-api.open-meteo.com/v1/search"}
          forecast_url: {type: url, default: "https://api.open-meteo.com/v1/forecast"}

        types:
          Place: {name: text(200), latitude: number, longitude: number, country?: text(200)}
          Places: {results?: [Place]}
          Forecast: {current: {temperature_2m: number}}

        states:
          start:
            - if: length(trim(message.body)) == 0 or lower(trim(message.body)) == 'help'
              then:
                - say: Text me the name of a place and I will tell you the weather there.
                - end
            - fetch: ${config.geocoding_url}
              query: {name: "${trim(message.body)}", count: 1}
              returns: Places
              into: found
              timeout: 4s
              failed: unavailable
            - set: {place: "${first(found.results ?? [])}"}
            - if: place == none
              then:
                - say: I don't know a place called ${message.body}. Try the nearest town.
                - end
            - fetch: ${config.forecast_url}
              query: {latitude: "${place.latitude}", longitude: "${place.longitude}", current: temperature_2m}
              returns: Forecast
              into: forecast
              timeout: 4s
              failed: unavailable
            - say: "${place.name}: ${round(forecast.current.temperature_2m)} degrees now."
            - end
          unavailable:
            - say: Sorry, the weather service isn't answering. Please try again in a minute.
            - end
        """#

    private static let mainMenuText = #"""
        flow: main-menu
        channel: voice
        languages: [en-US, es-MX]
        voices: {en-US: Polly.Joanna-Neural, es-MX: Polly.Mia-Neural}
        timezone: America/New_York

        config:
          sales_number: phone
          operator_number: phone
          support_workflow: text(34)

        hours:
          office:
            open: {mon-fri: "09:00-17:30", sat: "10:00-14:00"}
            closed: [2026-12-25, 2027-01-01]

        states:
          welcome:
            - say: {en-US: Thanks for calling Acme., es-MX: Gracias por llamar a Acme.}
            - if: not hours.office.open
              then: closed
            - goto: menu

          menu:
            - menu:
                en-US:
                  - For sales, press 1. For support, press 2. To hear this again, press star.
                  - {in: es-MX, say: "Para español, marque 9."}
                es-MX: Para ventas, marque 1. Para soporte, marque 2. Para repetir, marque asterisco.
              choices:
                1, sales: sales
                2, support: support
                9:
                  - set: {language: es-MX}
                  - goto: menu
                star: again
              phrases:
                sales: {en-US: [sales], es-MX: [ventas]}
                support: {en-US: [support, help], es-MX: [soporte, ayuda]}
              attempts: 3
              no_input: {en-US: I didn't hear anything., es-MX: No escuché nada.}
              no_match: {en-US: That isn't one of the choices., es-MX: Esa no es una opción.}
              otherwise: operator

          sales:
            - dial: ${config.sales_number}
              timeout: 20s
              otherwise: voicemail

          support:
            - ask: {en-US: Enter your six digit order number., es-MX: Marque su número de pedido de seis dígitos.}
              as: digits(6)
              into: order
              attempts: 3
              otherwise: operator
            - enqueue: {workflow: "${config.support_workflow}", task: {order: "${order}", language: "${language}"}}
              otherwise: voicemail

          operator:
            - dial: ${config.operator_number}
              otherwise: voicemail

          closed:
            - say: {en-US: We are closed., es-MX: Estamos cerrados.}
            - goto: voicemail

          voicemail:
            - record: {en-US: Please leave a message after the tone., es-MX: Deje su mensaje después del tono.}
              into: message_left
              max: 2m
              otherwise: hangup
            - say: {en-US: Thank you. Goodbye., es-MX: Gracias. Adiós.}
            - hangup
        """#

    private static let clickToCallText = #"""
        flow: click-to-call
        channel: voice
        config:
          our_number: phone
        params:
          To: phone
        steps:
          - say: ["Calling", {spell: "${To}"}]
          - dial: ${To}
            allow: ["+1", "+44"]
            caller_id: ${config.our_number}
            otherwise:
              - say: The call could not be completed.
              - hangup
        """#
}
