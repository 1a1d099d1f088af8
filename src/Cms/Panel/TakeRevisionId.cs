using Cms.GraphQL;

namespace Cms.Panel;

/// <summary>The id of a revision of a take.</summary>
public readonly record struct TakeRevisionId(Guid Value) : IEntityId<TakeRevisionId>
{
    public static string Prefix => "tkr";

    public override string ToString() => this.Format();
}
