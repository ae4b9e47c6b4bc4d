"""Made-up names as they occur where candidates come from. Any likeness to a person is chance."""

from functools import cache
from random import Random

# Region: countries, given names, family names.
_REGIONS = (
    (
        "IN LK NP BD MU",
        "Aarav Aditi Ananya Arjun Deepika Gurpreet Harsh Ishita Jaspreet Karan Kavya Manish Meera Neha Nikhil "
        "Pooja Priya Rahul Rohan Simran Sneha Tanvi Varun Vikram",
        "Sharma Singh Kaur Patel Gupta Reddy Pillai Iyer Das Verma Joshi Mehta Kumar Rao Shah Fernando Thapa Rahman "
        "Chowdhury Perera Gill Sandhu Menon Bhatt",
    ),
    (
        "PK IR EG LB JO AE SA TR MA DZ TN",
        "Ahmed Aisha Ali Amina Bilal Fatima Farhad Hassan Hiba Ibrahim Khadija Leila Maryam Mehdi Mohammed Nadia "
        "Omar Parisa Rania Reza Salma Samir Yasmine Zainab",
        "Khan Ahmadi Hosseini Malik Haddad Benali Mansour El-Sayed Karimi Rezaei Hussain Qureshi Yilmaz Alaoui "
        "Bouzid Trabelsi Khoury Nasser Cherif Amrani Siddiqui Farah Saidi Demir",
    ),
    (
        "NG GH CM SN CI BJ TG CD MG RW KE UG ZW ZA HT JM TT",
        "Adaeze Aminata Blessing Chidi Chinedu Daniel Emmanuel Esther Fatou Grace Ibrahima Jean-Paul Kofi Kwame "
        "Mercy Ngozi Olumide Patience Samuel Serge Temitope Thandiwe Tunde Wanjiru",
        "Adeyemi Okoro Okonkwo Balogun Mensah Boateng Nkemelu Mbarga Fotso Diallo Ndiaye Kone Traore Ouedraogo "
        "Kabila Rakoto Mugisha Mwangi Otieno Moyo Dlamini Pierre-Louis Campbell Eze",
    ),
    (
        "CN HK TW VN KR JP MY ID PH",
        "Angela Chen Haruto Hui Jia Jin Jun Kenji Lan Li Linh Maria Mei Min-jun Minh Paolo Rosa Seo-yeon Siti Wei "
        "Xin Yan Yuki Yun",
        "Wang Li Zhang Liu Chen Nguyen Tran Pham Kim Park Lee Choi Tanaka Sato Santos Reyes Cruz Garcia Bautista "
        "Tan Lim Wong Huang Wijaya",
    ),
    (
        "BR MX CO PE VE CL ES",
        "Alejandra Ana Beatriz Camila Carlos Daniela Diego Felipe Fernanda Gabriel Isabela Jorge Juliana Larissa "
        "Lucas Luis Mariana Mateus Paula Rafael Ricardo Sofia Thiago Valentina",
        "Silva Souza Oliveira Pereira Costa Rodrigues Hernandez Garcia Martinez Lopez Gonzalez Ramirez Torres "
        "Flores Rojas Vargas Castro Moreno Diaz Ferreira Almeida Gomes Ruiz Mendoza",
    ),
    (
        "",
        "Alexandre Anna Antoine Camille Charlotte Claire David Elena Emma Hugo Ivan James Julie Kateryna Laura "
        "Louis Marie Nathalie Nicolas Oleksandr Pierre Sarah Sean Thomas",
        "Martin Bernard Dubois Laurent Moreau Lefebvre Smith Jones Murphy Kelly Taylor Brown Wilson Johnson "
        "Kovalenko Shevchenko Ivanova Petrov Muller Schmidt Rossi Bianchi Peeters Favre",
    ),
)


@cache
def _names(country: str) -> tuple[list[str], list[str]]:
    chosen = next(region for region in _REGIONS if country in region[0].split() or not region[0])
    return chosen[1].split(), chosen[2].split()


def identity(country: str, stream: Random) -> dict[str, str]:
    """Return given and family names of somebody from a country."""
    given, family = _names(country)
    return {
        "family_name": family[int(stream.random() * len(family))],
        "given_names": given[int(stream.random() * len(given))],
    }
