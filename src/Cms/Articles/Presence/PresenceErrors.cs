using Cms.GraphQL;

namespace Cms.Articles.Presence;

/// <summary>The id of the page is missing or malformed.</summary>
public sealed record TabRequired()
    : UserError("Give the page an id in tab, such as a UUID: at most 64 lower-case letters, digits and hyphens.");
