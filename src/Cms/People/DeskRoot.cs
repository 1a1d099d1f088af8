using Cms.GraphQL;

namespace Cms.People;

/// <summary>The editorial desk: drafts, unapproved takes and other data that only staff can read.</summary>
[GraphQLName("Desk")]
public sealed record DeskRoot;
