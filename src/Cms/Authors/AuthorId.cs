using Cms.GraphQL;

namespace Cms.Authors;

/// <summary>The id of an author.</summary>
public readonly record struct AuthorId(Guid Value) : IEntityId<AuthorId>
{
    public static string Prefix => "aut";

    public override string ToString() => this.Format();
}
