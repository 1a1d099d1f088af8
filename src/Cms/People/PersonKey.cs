using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cms.People;

/// <summary>
/// The permanent key of a person or an application in Entra ID: the tenant id and the object id (claims <c>tid</c> and
/// <c>oid</c>).
/// </summary>
public readonly record struct PersonKey(Guid TenantId, Guid ObjectId)
{
    /// <summary>Returns <c>tid/oid</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TenantId:d}/{ObjectId:d}");

    /// <summary>Parses the format that <see cref="ToString" /> returns.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PersonKey key)
    {
        key = default;
        if (
            text?.Split('/') is not [var tenant, var person]
            || !Guid.TryParseExact(tenant, "d", out var tenantId)
            || !Guid.TryParseExact(person, "d", out var objectId)
        )
        {
            return false;
        }

        key = new(tenantId, objectId);
        return true;
    }
}
