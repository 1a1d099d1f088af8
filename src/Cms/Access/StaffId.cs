using Cms.GraphQL;

namespace Cms.Access;

/// <summary>The id of a member of staff.</summary>
public readonly record struct StaffId(Guid Value) : IEntityId<StaffId>
{
    public static string Prefix => "stf";

    public override string ToString() => this.Format();
}
