namespace Cms.Site.Pages;

/// <summary>
/// The addresses of the site for which pages are kept. Pages contain the address of the site. Without
/// <c>Cms__Site__Origin</c>, it is the host that a request names, and a caller can name any number of hosts.
/// </summary>
internal sealed partial class KeptOrigins(ILogger log)
{
    /// <summary>A site has few addresses: its name with and without www, and those that health checks use.</summary>
    public const int Max = 8;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _origins = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasRefused;

    /// <summary>Returns whether pages for an address are kept: the first addresses are, all others are not.</summary>
    public bool Accept(string origin)
    {
        lock (_gate)
        {
            if (_origins.Contains(origin) || (_origins.Count < Max && _origins.Add(origin)))
            {
                return true;
            }

            if (!_hasRefused)
            {
                LogRefused(origin, Max);
                _hasRefused = true;
            }

            return false;
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Pages for {Origin} are not kept, because requests have already named {Max} other addresses of the site. Set Cms__Site__Origin, so that pages are kept for all requests."
    )]
    private partial void LogRefused(string origin, int max);
}
