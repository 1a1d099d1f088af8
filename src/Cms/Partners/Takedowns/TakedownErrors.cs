using Cms.Articles;
using Cms.GraphQL;

namespace Cms.Partners.Takedowns;

/// <summary>There is no such takedown among yours.</summary>
/// <param name="TakedownId">The id from the request.</param>
public sealed record TakedownNotFound(EditionId TakedownId)
    : UserError("There is no such takedown among yours. Choose one from takedowns.");
