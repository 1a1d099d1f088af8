using Microsoft.EntityFrameworkCore.Metadata;

namespace Cms.Data;

/// <summary>Helps providers add to the model what only their database needs.</summary>
public static class ModelProperties
{
    extension(IMutableTypeBase type)
    {
        /// <summary>
        /// Returns the properties of a type, nullable or not, of an entity and of its complex properties.
        /// </summary>
        public IEnumerable<IMutableProperty> PropertiesOf<T>()
            where T : struct =>
            type.GetProperties()
                .Where(property => property.ClrType == typeof(T) || property.ClrType == typeof(T?))
                .Concat(type.GetComplexProperties().SelectMany(inner => inner.ComplexType.PropertiesOf<T>()));
    }
}
