using Microsoft.EntityFrameworkCore.Metadata;

namespace Cms.Data;

/// <summary>Finds properties by type, for database providers that configure all properties of a type.</summary>
public static class ModelProperties
{
    extension(IMutableModel model)
    {
        /// <summary>
        /// Returns all properties of a type, nullable or not, on entities and on the complex values in them.
        /// </summary>
        public IEnumerable<IMutableProperty> PropertiesOf<T>()
            where T : struct => model.GetEntityTypes().SelectMany(Within<T>);
    }

    private static IEnumerable<IMutableProperty> Within<T>(IMutableTypeBase type)
        where T : struct =>
        type.GetProperties()
            .Where(property => property.ClrType == typeof(T) || property.ClrType == typeof(T?))
            .Concat(type.GetComplexProperties().SelectMany(inner => Within<T>(inner.ComplexType)));
}
