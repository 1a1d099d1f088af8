using Cms.GraphQL;

namespace Cms.People;

/// <summary>Where staff work: drafts, takes before they are approved, and what only staff are told.</summary>
[GraphQLName("Desk")]
public sealed record DeskRoot;
