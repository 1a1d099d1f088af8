using Cms.Changes;
using Cms.GraphQL;
using Cms.Partners.Log;
using Cms.Partners.Portal;
using Cms.Partners.Takedowns;
using Cms.Partners.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Partners;

internal static class PartnersFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddPartners() =>
            services
                .AddSingleton<IAdmission, AdmitPartners>()
                .AddSingleton<FindFeedKey>()
                .AddSingleton<ReadPartnerStanding>()
                .AddSingleton<CreatePartner>()
                .AddSingleton<EditPartner>()
                .AddSingleton<SuspendPartner>()
                .AddSingleton<ResumePartner>()
                .AddSingleton<SaveAgreement>()
                .AddSingleton<AcceptAgreement>()
                .AddSingleton<CreateFeedKey>()
                .AddSingleton<RevokeFeedKey>()
                .AddScoped<UpdatePartnerLog>()
                .AddScoped<ListPartnerChanges>()
                .AddScoped<ListChangesOfPartner>(provider => provider.GetRequiredService<ListPartnerChanges>().Handle)
                .AddScoped<ReadDeskPartner>()
                .AddScoped<ReadOwnAgreement>()
                .AddScoped<ReadContentVersion>()
                .AddScoped<ReadPartnerPortal>()
                .AddScoped<ApplicationsByPartner>()
                .AddScoped<PeopleByPartner>()
                .AddScoped<CurrentAgreement>()
                .AddScoped<AgreementsByPartner>()
                .AddScoped<AcceptancesByPartner>()
                .AddScoped<FeedKeysByPartner>()
                .AddTakedowns()
                .AddUsage();
    }
}
