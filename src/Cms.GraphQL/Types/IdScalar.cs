using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>The scalar <c>ID</c>, which also writes typed ids.</summary>
internal sealed class IdScalar : IdGraphType
{
    public IdScalar() =>
        (Name, Description) = ("ID", "A permanent identifier. Opaque: compare and store it, but do not parse it.");

    public override object? Serialize(object? value) => value is IEntityId ? value.ToString() : base.Serialize(value);
}
