using GraphQL.Types;

namespace Cms.GraphQL.Types;

/// <summary>The scalar <c>ID</c>, which also writes typed ids.</summary>
internal sealed class IdScalar : IdGraphType
{
    public IdScalar() =>
        (Name, Description) = ("ID", "Names one object for good. Opaque: compare it, store it, do not read it.");

    public override object? Serialize(object? value) => value is IEntityId ? value.ToString() : base.Serialize(value);
}
