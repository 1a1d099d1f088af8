using Cms.GraphQL;

namespace Cms.Articles;

/// <summary>Names one save of an article's working copy.</summary>
public readonly record struct RevisionId(Guid Value) : IEntityId<RevisionId>
{
    public static string Prefix => "rev";

    public override string ToString() => this.Format();
}
