using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Cms.People;

/// <summary>A person or an application in Entra ID, for good: the tenant and the object in it (claims <c>tid</c> and <c>oid</c>).</summary>
public readonly record struct PersonKey(Guid TenantId, Guid ObjectId)
{
    /// <summary><c>tid/oid</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TenantId:d}/{ObjectId:d}");

    /// <summary>Reads what <see cref="ToString" /> writes.</summary>
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
