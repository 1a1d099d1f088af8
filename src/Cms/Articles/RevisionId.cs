using Cms.GraphQL;

namespace Cms.Articles;

/// <summary>Identifies one revision of an article.</summary>
public readonly record struct RevisionId(Guid Value) : IEntityId<RevisionId>
{
    public static string Prefix => "rev";

    public override string ToString() => this.Format();
}
