using Cms.GraphQL;

namespace Cms.Articles.Presence;

/// <summary>The id of the browser tab is missing or malformed.</summary>
public sealed record TabRequired()
    : UserError(
        "Give the browser tab an id in tab, such as a UUID: at most 64 lower-case letters, digits and hyphens."
    );
