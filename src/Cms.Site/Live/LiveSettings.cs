namespace Cms.Site.Live;

/// <summary>How many open pages can listen for changes at the same time. Each is an open connection.</summary>
public sealed record LiveSettings
{
    /// <summary>The maximum for one address of a reader; for IPv6, for one network of the size /64. 0 means no limit.</summary>
    public int PerAddress { get; init; } = 50;

    /// <summary>The maximum for all readers together. 0 means no limit.</summary>
    public int Total { get; init; } = 2_000;
}
