using Cms.Site.Live;
using Cms.Site.Terms;

namespace Cms.Site;

/// <summary>What makes the site one publication's: its name, colours and navigation. Read from <c>Cms__Site__…</c>.</summary>
public sealed record SiteSettings
{
    private const string Section = "Cms:Site";

    /// <summary>Whether the server shows the site at its root; by default only in Development.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The name of the publication.</summary>
    public string Name { get; init; } = "The Panel";

    /// <summary>One line that says what the publication is, without a full stop.</summary>
    public string Tagline { get; init; } = "Technology news, and what four opinions make of it";

    /// <summary>The paragraph at the foot of every page, after the tagline.</summary>
    public string Footer { get; init; } =
        "The panel’s members are AI personas with editors behind them; nothing is published that a person has not read.";

    /// <summary>
    /// The public address of the site, such as <c>https://panel.example</c>, for canonical links, sitemaps and sharing.
    /// If omitted, the address of the request. The site then caches pages only for the first few addresses.
    /// </summary>
    public Uri? Origin { get; init; }

    /// <summary>The language of the pages, as a BCP 47 tag.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The colour of links and marks on a light page.</summary>
    public string Accent { get; init; } = "#0b57c2";

    /// <summary>The colour of links and marks on a dark page.</summary>
    public string AccentDark { get; init; } = "#8fb8ff";

    /// <summary>The path of an SVG or PNG file that replaces the logo.</summary>
    public string? Logo { get; init; }

    /// <summary>A stylesheet that is added after the site's own, for fonts and other changes.</summary>
    public string? Stylesheet { get; init; }

    /// <summary>
    /// The links of the masthead, in order. If empty, the categories of the newsroom in their order.
    /// </summary>
    public IReadOnlyList<SiteLink> Navigation { get; init; } = [];

    /// <summary>Additional links at the foot of every page.</summary>
    public IReadOnlyList<SiteLink> FooterLinks { get; init; } = [];

    /// <summary>
    /// The accents of sections by the slug of their category, as <c>#0b57c2</c>, or <c>#0b57c2 #8fb8ff</c> for light and dark.
    /// </summary>
    public IReadOnlyDictionary<string, string> Sections { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// How long a page is shown without asking the API again whether it has changed. The server's own site always asks.
    /// </summary>
    public TimeSpan Revalidate { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The origins that may show previews in a frame, separated by spaces, such as the address of an editing interface.
    /// </summary>
    public string PreviewFrames { get; init; } = "'self'";

    /// <summary>What everybody may do with the publication.</summary>
    public TermsSettings Terms { get; init; } = new();

    /// <summary>How many open pages can listen for changes.</summary>
    public LiveSettings Live { get; init; } = new();

    /// <summary>
    /// The WebSub hub that the feeds name, from <c>Cms__WebSub__Hub</c>; null if there is none. The server tells it of
    /// changes.
    /// </summary>
    internal Uri? Hub { get; init; }

    /// <exception cref="InvalidOperationException">A setting cannot be used. The message says what to do.</exception>
    public static SiteSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var settings = configuration.GetSection(Section).Get<SiteSettings>() ?? new SiteSettings();
        settings = settings with { Hub = ReadHub(configuration["Cms:WebSub:Hub"], environment) };
        return settings.Problem is { } problem ? throw new InvalidOperationException(problem) : settings;
    }

    private static Uri? ReadHub(string? text, IHostEnvironment environment) =>
        string.IsNullOrWhiteSpace(text) ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var hub)
        && (
            hub.Scheme == Uri.UriSchemeHttps
            || (hub.Scheme == Uri.UriSchemeHttp && hub.IsLoopback && environment.IsDevelopment())
        )
            ? hub
        : throw new InvalidOperationException(
            $"Cms__WebSub__Hub is ‘{text}’: set it to the https address of a WebSub hub, such as https://hub.example/."
        );

    private string? Problem =>
        Origin is { } origin && (!origin.IsAbsoluteUri || origin.Scheme is not ("https" or "http"))
            ? $"Cms__Site__Origin is ‘{origin}’: set it to the public address of the site, such as https://panel.example."
        : Hub is not null && Origin is null
            ? "Cms__WebSub__Hub needs Cms__Site__Origin, because the hub must know the public addresses of the feeds: set it too."
        : !Terms.IsContactUsable
            ? $"Cms__Site__Terms__Contact is ‘{Terms.Contact}’: set it to a web address or to mailto: and an email address."
        : Revalidate < TimeSpan.Zero ? "Cms__Site__Revalidate must not be negative."
        : Live.PerAddress < 0 || Live.Total < 0
            ? "Cms__Site__Live__PerAddress and Cms__Site__Live__Total must not be negative; 0 means no limit."
        : Navigation.Concat(FooterLinks).Any(link => string.IsNullOrEmpty(link.Text) || string.IsNullOrEmpty(link.Url))
            ? "Each link in Cms__Site__Navigation and Cms__Site__FooterLinks needs a Text and a Url."
        : Missing(Logo) ? $"Cms__Site__Logo: there is no file ‘{Logo}’."
        : Logo is not null && Path.GetExtension(Logo) is not (".svg" or ".png")
            ? "Cms__Site__Logo must be a file whose name ends in .svg or .png."
        : Missing(Stylesheet) ? $"Cms__Site__Stylesheet: there is no file ‘{Stylesheet}’."
        : new[] { Accent, AccentDark }
            .Concat(Sections.Values.SelectMany(colours => colours.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .FirstOrDefault(colour => !IsColour(colour))
            is { } wrong
            ? $"‘{wrong}’ is not a colour. Write it as #0b57c2 in Cms__Site__Accent, Cms__Site__AccentDark and Cms__Site__Sections."
        : null;

    /// <summary>Whether a text is a colour such as <c>#0b57c2</c>.</summary>
    internal static bool IsColour(string? text) =>
        text is ['#', _, _, _, _, _, _] && text.Skip(1).All(char.IsAsciiHexDigit);

    private static bool Missing(string? file) => file is not null && !File.Exists(file);
}

/// <summary>A link of the masthead or the footer.</summary>
public sealed record SiteLink
{
    public required string Text { get; init; }

    /// <summary>A path of the site or a URL.</summary>
    public required string Url { get; init; }
}
