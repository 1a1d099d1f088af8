namespace Cms.Site.Pages;

/// <summary>
/// The addresses of the site for which pages are cached. Pages contain the address of the site. Without
/// <c>Cms__Site__Origin</c>, that is the host that the request names, and callers can name any number of hosts.
/// </summary>
internal sealed partial class KeptOrigins(ILogger log)
{
    /// <summary>A site has few addresses: its name with and without www, and those that health checks use.</summary>
    public const int Max = 8;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _origins = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasRefused;

    /// <summary>Returns whether pages for an address are cached. Only the first few addresses are accepted.</summary>
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
        "Pages for {Origin} are not cached, because requests have already named {Max} other addresses of the site. Set Cms__Site__Origin, so that pages are cached for all requests."
    )]
    private partial void LogRefused(string origin, int max);
}
