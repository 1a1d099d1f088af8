namespace Cms.People;

/// <summary>How a partner receives articles.</summary>
public enum UsageChannel
{
    /// <summary>The feed in RSS.</summary>
    Rss,

    /// <summary>The feed in Atom.</summary>
    Atom,

    /// <summary>The feed in JSON Feed.</summary>
    Json,

    /// <summary>The feed of ninjs items.</summary>
    Ninjs,

    /// <summary>The address of the changes.</summary>
    Changes,

    /// <summary>Operations that the partner sends to the API.</summary>
    Graphql,

    /// <summary>Messages that the newsroom sends to the partner.</summary>
    Webhook,
}
