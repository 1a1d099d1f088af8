using System.Text.RegularExpressions;

namespace Cms.Server.Doctor;

/// <summary>
/// The secrets in the settings, which the doctor must not print. Its own sentences have none, but the messages of libraries
/// can repeat a setting.
/// </summary>
internal sealed partial class KnownSecrets
{
    // Shorter values occur in ordinary words.
    private const int Shortest = 4;

    // In milliseconds.
    private const int Longest = 1_000;

    private static readonly string[] Sections =
    [
        "AzureAd",
        "Auth",
        "Cms",
        "ConnectionStrings",
        "Kestrel",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "OTEL_EXPORTER_OTLP_HEADERS",
    ];

    private static readonly char[] Separators = [';', ','];

    private readonly List<string> _secrets;

    public KnownSecrets(IConfiguration configuration) =>
        _secrets = [
            .. Sections
                .SelectMany(section => configuration.GetSection(section).AsEnumerable())
                .SelectMany(setting => SecretsOf(setting.Key, setting.Value ?? ""))
                .Where(secret => secret.Length >= Shortest)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(secret => secret.Length),
        ];

    /// <summary>Returns the text without secrets.</summary>
    public string RemoveFrom(string text)
    {
        foreach (var secret in _secrets)
        {
            text = text.Replace(secret, "…", StringComparison.Ordinal);
        }

        return Signature.Replace(UserInfo.Replace(text, "://…@"), "${name}=…");
    }

    // The address in a connection string is no secret.
    private static IEnumerable<string> SecretsOf(string key, string value) =>
        key.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase) ? Parts(value)
        : SecretName.IsMatch(key) ? Parts(value).Append(value)
        : [];

    // The values of a connection string's secret parts.
    private static IEnumerable<string> Parts(string value) =>
        value
            .Split(Separators)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2 && SecretName.IsMatch(part[0]))
            .Select(part => part[1].Trim().Trim('"', '\''));

    [GeneratedRegex(
        "secret|password|pwd|key$|token|connection.?string|signature|headers",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Longest
    )]
    private static partial Regex SecretName { get; }

    [GeneratedRegex("://[^/\\s@]+@", RegexOptions.ExplicitCapture, Longest)]
    private static partial Regex UserInfo { get; }

    [GeneratedRegex(
        "\\b(?<name>sig|signature|code|access_token|password|pwd|accountkey)=[^&;,\\s]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Longest
    )]
    private static partial Regex Signature { get; }
}
