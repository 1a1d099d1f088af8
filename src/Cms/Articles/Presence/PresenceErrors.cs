using Cms.GraphQL;

namespace Cms.Articles.Presence;

/// <summary>The page has not said which page it is.</summary>
public sealed record TabRequired()
    : UserError("Give the page an id of 1 to 64 characters in tab, and send the same one each time.");
