using Cms.GraphQL;

namespace Cms.Tools;

/// <summary>Names a tool that articles are about.</summary>
public readonly record struct ToolId(Guid Value) : IEntityId<ToolId>
{
    public static string Prefix => "tol";

    public override string ToString() => this.Format();
}
