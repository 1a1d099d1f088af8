using Microsoft.Extensions.DependencyInjection;

namespace Cms.Taxonomy;

internal static class TaxonomyFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddTaxonomy() =>
            services.AddScoped<ReadTerm>().AddScoped<CategoryById>().AddScoped<TagById>().AddScoped<SourceById>();
    }
}
