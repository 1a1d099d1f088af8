using Cms.GraphQL;

namespace Cms.Tools;

/// <summary>The id of a tool.</summary>
public readonly record struct ToolId(Guid Value) : IEntityId<ToolId>
{
    public static string Prefix => "tol";

    public override string ToString() => this.Format();
}
